/**
 * Pieces of code that read every case of a view. Addresses go in as they are: a query
 * string holds no quotation mark and no backslash.
 */
import type { Words } from "../../i18n/index.ts";

export function curl(list: string, lines: string, words: Words["dialogs"]): string {
  return `# ${words.curlPage}
curl -sS '${list}'

# ${words.curlAll}
curl -sS -o cases.ndjson '${lines}'
`;
}

export function python(list: string): string {
  return `import httpx

url = httpx.URL("${list}")
cases = []
while True:
    page = httpx.get(url).raise_for_status().json()
    cases += page["items"]
    if page["next"] is None:
        break
    url = url.copy_set_param("cursor", page["next"])

print(len(cases), "of", page["total"])
`;
}

/** The lines in one go: binding pages together would ask for one more package. */
export function r(lines: string): string {
  return `library(jsonlite)

lines <- readLines("${lines}", encoding = "UTF-8")
cases <- fromJSON(paste0("[", paste(lines, collapse = ","), "]"), flatten = TRUE)

cat(NROW(cases), "cases\\n")
`;
}
