/** The rooms of the console, in the order in which they are listed and numbered. */
import { caseWords } from "../../i18n/desk_cases.ts";
import { type StaffWords, wordsOf } from "../../i18n/staff.ts";
import { accountsRoom } from "./accounts.ts";
import { alertsRoom } from "./alerts.ts";
import { auditRoom } from "./audit.ts";
import { casesRoom } from "./cases.ts";
import { importsRoom } from "./imports.ts";
import { newsRoom } from "./news.ts";
import { requestsRoom } from "./requests.ts";
import type { Entry } from "./scene.ts";
import { termsRoom } from "./terms.ts";
import { tokensRoom } from "./tokens.ts";

const label = (room: keyof StaffWords["rooms"]) => ({
  zh: wordsOf("zh").rooms[room],
  en: wordsOf("en").rooms[room],
});

const own = (room: "list" | "news" | "terms" | "imports") => ({
  zh: caseWords("zh")[room].heading,
  en: caseWords("en")[room].heading,
});

export const ENTRIES: readonly Entry[] = [
  { name: "alerts", label: label("alerts"), needs: "GET /staff/alerts", make: alertsRoom },
  { name: "cases", label: own("list"), needs: "GET /staff/cases", make: casesRoom },
  { name: "news", label: own("news"), needs: "GET /staff/news", make: newsRoom },
  { name: "terms", label: own("terms"), needs: "GET /staff/unmatched", make: termsRoom },
  { name: "imports", label: own("imports"), needs: "POST /staff/imports", make: importsRoom },
  { name: "requests", label: label("requests"), needs: "GET /staff/requests", make: requestsRoom },
  { name: "audit", label: label("audit"), needs: "GET /staff/audit", make: auditRoom },
  { name: "accounts", label: label("accounts"), needs: "GET /staff/accounts", make: accountsRoom },
  { name: "tokens", label: label("tokens"), needs: "GET /staff/tokens", make: tokensRoom },
];
