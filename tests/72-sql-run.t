#!/bin/sh
# Pipelines into PostgreSQL: hs-run runs the stage that a person would type,
# and a password is in nobody's arguments.
. tests/lib.sh
. tests/fakes.sh
. tests/pg.sh
fake_fetch
pg_start
cd "$T" || exit 1

pipeline plain.yaml companies "postgres:///postgres?host=$T/pg" crm.companies
status "a pipeline into a database" 0 "$hsrun" plain.yaml
is "is loaded" "$(q 'select id, name from crm.companies order by id' |
	tr '\n' ' ')" '1|a 2| 3| '
pipeline depot.yaml companies dataos://db crm.copy merge
status "through a depot" 0 "$hsrun" -D "db=postgresql:///postgres?host={PGHOST}" \
	depot.yaml
is "too" "$(q 'select count(*) from crm.copy')" 3
pipeline lite.yaml companies sqlite:run.db crm.companies
status "a pipeline into a file of SQLite" 0 "$hsrun" lite.yaml
is "is loaded, too" "$(sqlite3 run.db 'select count(*) from crm_companies')" 3
pipeline lite.yaml companies dataos://db crm.companies merge
status "and through a depot" 0 "$hsrun" -D db=sqlite:run.db lite.yaml
pipeline maria.yaml companies 'mysql://me:p%40ss@db.example.org/w' t
status "and into MariaDB" 0 "$hsrun" -n maria.yaml
like "by the same stage" "$(cat out)" \
	"hs-load-sql --address mysql://me@db.example.org/w --table t "
unlike "without the password" "$(cat out err)" 'p(%40|@)ss'
like "which goes by MYSQL_PWD" "$(cat out)" 'into MYSQL_PWD first$'
pipeline secret.yaml companies 'postgres://me:p%40ss@db.example.org:5/w?sslmode=require' t
status "-n" 0 "$hsrun" -n secret.yaml
like "prints the stage" "$(cat out)" \
	"hs-load-sql --address 'postgres://me@db.example.org:5/w\\?sslmode=require' --table t --mode replace --key id"
like "and where its password goes" "$(cat out)" '^# t?.*PGPASSWORD first$'
unlike "but not the password" "$(cat out err)" 'p(%40|@)ss'
mkdir fakes
cat >fakes/psql <<'END'
#!/bin/sh
printf '%s\n' "$PGPASSWORD" >"$T/password"
printf '%s\n' "$@" >"$T/args"
cat >"$T/script"
END
chmod +x fakes/psql
status "psql" 0 env "PATH=$T/fakes:$PATH" "$hsrun" secret.yaml
is "has it in the environment" "$(cat password)" 'p@ss'
is "and the rest in an argument" "$(tail -n 1 args)" \
	"host='db.example.org' port='5' user='me' dbname='w' sslmode='require'"
pipeline hidden.yaml companies 'postgres://me:{PW}@db.example.org/w' t
PW="a'b@c:d/e" PATH=$T/fakes:$PATH "$hsrun" hidden.yaml 2>err
is "a variable's password is no punctuation" "$(cat password)" "a'b@c:d/e"
is "nor seen" "$(tail -n 1 args)" "host='db.example.org' user='me' dbname='w'"
pipeline far.yaml companies "postgres://localhost:1/w" t
status "a server that isn't there" 75 "$hsrun" far.yaml
pipeline three.yaml companies "postgres:///w" a.b.c
status "a name of three parts" 78 "$hsrun" three.yaml
pipeline gone.yaml companies "postgres:///gone?host=$T/pg" t
status "a database that isn't there" 78 "$hsrun" gone.yaml
like "is named" "$(cat err)" 'database "gone" does not exist'

# The address alone.
echo '{"id":1}' >record
load() {
	hs-load-sql "$@" t <record
}
status "an address of another kind" 78 load --address csv:x
status "one that is none" 78 load --address postgres:x
status "a variable that is not set" 78 load --address 'postgres://{NONE}@/x'
status "a parameter that psql does not know" 78 \
	load --address 'postgres:///postgres?nonsense=1'
status "a user that the server does not know" 77 \
	load --address "postgres://stranger@/postgres?host=$T/pg"
q 'create role weak login' 'revoke create on schema public from public'
status "one that may not" 77 load --address "postgres://weak@/postgres?host=$T/pg"
status "no psql" 69 env \
	"PATH=$(dirname "$(command -v hs-load-sql)")" hs-load-sql --address postgres:/// t
t_done
