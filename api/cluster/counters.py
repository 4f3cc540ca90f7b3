"""What PostgreSQL lets everybody count by is taken from the public and the mail role.

Table sizes, row estimates, transaction numbers and positions in the log would tell how many calls
for help came in, and when. Only a superuser can do this: elsewhere it stays a known residual.
"""

_HIDDEN_FROM = "PUBLIC"
_STILL_FOR = "qiuzhu_owner, qiuzhu_desk"
_BLIND = "qiuzhu_public, qiuzhu_mail"
# Of pg_class all but how large a table is.
_SIZES = "('relpages', 'reltuples', 'relallvisible', 'relfrozenxid', 'relminmxid')"
_FUNCTIONS = (
    "proname LIKE 'pg\\_stat\\_get\\_%' OR proname LIKE 'pg\\_%\\_size' OR proname LIKE 'txid\\_%'"
    " OR proname LIKE 'pg\\_snapshot\\_%' OR proname LIKE 'pg\\_current\\_%' OR proname IN"
    " ('age', 'mxid_age', 'pg_lock_status', 'pg_xact_status', 'pg_visible_in_snapshot',"
    " 'pg_last_committed_xact', 'pg_xact_commit_timestamp', 'pg_prepared_xact')"
)

# May be run again at any time; for psql, in the database that it is about.
HIDE_COUNTERS = f"""
SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM {_HIDDEN_FROM}; '
              'GRANT EXECUTE ON FUNCTION %s TO {_STILL_FOR}', f, f)
    FROM (SELECT oid::regprocedure f FROM pg_proc
          WHERE pronamespace = 'pg_catalog'::regnamespace AND ({_FUNCTIONS})) each \\gexec
REVOKE SELECT ON pg_class FROM {_HIDDEN_FROM};
GRANT SELECT ON pg_class TO {_STILL_FOR};
SELECT format('GRANT SELECT (%s) ON pg_class TO {_BLIND}', string_agg(attname, ', '))
    FROM pg_attribute WHERE attrelid = 'pg_class'::regclass AND NOT attisdropped
    AND attname NOT IN {_SIZES} \\gexec
"""  # noqa: S608 (made of the constants above)
