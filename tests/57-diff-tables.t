#!/bin/sh
# hs-diff and tables: it finds what hs-load-csv would change, and the changes,
# applied to the one table, make the other.
. tests/lib.sh

command -v python3 >/dev/null || t_skip_all "no python3"
cd "$T" || exit 1

# tables TITLE TABLE STREAM WANT: ids of the changes.
tables() {
	printf '%s\n' "$2" >t.csv
	printf '%s\n' "$3" >stream
	is "$1" "$(hs-diff -q --columns -f ids t.csv stream | tr '\n\t' ', ')" \
		"$4"
}
tables "a cell is the text that it says" 'id,n,b,s,e,o
1,5,true,"a, ""b""
c","","[1,{""a"":2}]"' '{"id":1,"n":"5","b":true,"s":"a, \"b\"\nc","e":"","o":[1,{"a":2}]}' ''
tables "number 5 and text 5 are one" 'id,n
1,5' '{"id":"1","n":5}' ''
tables "1.0 is not 1" 'id,n
1,1' '{"id":"1","n":1.0}' 'update 1,'
tables "null is not \"\"" 'id,n
1,' '{"id":"1","n":""}' 'update 1,'
tables "nor the other way round" 'id,n
1,""' '{"id":"1","n":null}' 'update 1,'
tables "the text \\n is no line end" 'id,n
1,a\nb' '{"id":"1","n":"a\nb"}' 'update 1,'
tables "a comma in a value is no end of a cell" 'id,a,b,c
1,x,y,z' '{"id":"1","a":"x,y","b":"z","c":null}' 'update 1,'
tables "more commas" 'id,a,b
1,x,y' '{"id":"1","a":"x,y","b":null}' 'update 1,'
tables "quotes of a value are no ends of cells" 'id,a,b
1,[1,"\"",2],z"' '{"id":"1","a":[1,"\"",2],"b":"z\""}' 'update 1,'
tables "a nested value with a comma and no quotes" 'id,a,b
1,[1,2]' '{"id":"1","a":[1,2],"b":null}' 'update 1,'
tables "a line end in a value is no end of a row" 'id
1
2' '{"id":"1\n2"}' 'insert "1\n2",delete 1,delete 2,'
tables "escapes, in quotes and without" 'id,a,b,c
1,a/\b,"x ""y""
z","a\""b"' '{"id":"1","a":"a\/\u005cb","b":"x \"y\"\nz","c":"a\\\"b"}' ''
tables "quotes within quotes differ" 'id,a
1,"x""y"' '{"id":"1","a":"x\"z"}' 'update 1,'
tables "a quoted cell that goes on" 'id,a
1,"x""y"' '{"id":"1","a":"x"}' 'update 1,'
tables "quotes that need not be" '"id","n"
"1","a"' '{"id":"1","n":"a"}' ''
printf '\357\273\277id,n\r\n1,a\r\n2,b' >t.csv
printf '{"id":"2","n":"b"}\n{"id":"1","n":"a"}\n' >stream
status "CRLF, a byte order mark, no line end" 0 hs-diff t.csv stream
status "both ways" 0 hs-diff stream t.csv
printf 'n,id\nb,2\na,1\n' >u.csv
status "two tables" 0 hs-diff t.csv u.csv
status "a table from a pipe" 0 sh -c 'cat t.csv | hs-diff u.csv'
tables "half a surrogate pair is in no table" 'id,n
1,a' '{"id":"1","n":"\ud800"}' 'update 1,'
status "and cannot be a cell of changes" 65 hs-diff -f csv t.csv stream
printf 'id,n\n1,\377\n' >t.csv
printf '{"id":"1","n":"a"}\n' >stream
status "a table that is not UTF-8 cannot be JSON" 65 hs-diff t.csv stream
status "for people it can" 1 hs-diff -f text t.csv stream
like "as escapes" "$(cat "$T/out")" 'n: \\xff → a'
for bad in 'id,n
1' 'id,id
1,2' 'n
1' 'id,n
,1' 'id,n
"1' '{"id"'; do
	printf '%s\n' "$bad" >bad.csv
	status "no table: $bad" 65 hs-diff bad.csv stream
	status "as the new side" 65 hs-diff stream bad.csv
done
# 4 KiB are read at first, up to the c.
printf 'id,s,n\n1,%4090s,abcdef\n' '' >t.csv
printf '{"id":"1","n":"abc"}\n' >stream
status "a long cell that is ignored, and one behind it" 1 \
	hs-diff -i s t.csv stream
printf '{"id":"1","n":"abcdef"}\n' >stream
status "as it is" 0 hs-diff -i s t.csv stream
printf 'id,n\n1,a\n' >t.csv
printf '{"results":[]}\n' >stream
status "an empty stream says nothing of columns" 1 hs-diff -f ids t.csv stream
is "all rows are deleted" "$(cat "$T/out" "$T/err")" "$(printf 'delete\t1')"
printf 'id,n\n' >t.csv
status "a table without rows" 0 hs-diff t.csv stream

# Random tables.  A change record is applied as the manual says it means.
cat >apply.py <<'END'
import json
def text(v):
    if v is None or isinstance(v, str):
        return v
    return json.dumps(v, separators=(",", ":"), ensure_ascii=False)
def apply(old, changes, order):
    rows = {}
    for line in open(old):
        r = json.loads(line)
        rows[text(r["id"])] = r
    for line in changes.splitlines():
        c = json.loads(line)
        key = text(c["id"])
        if c["op"] == "delete":
            del rows[key]
        elif c["op"] == "insert":
            rows[key] = c["after"]
        else:
            for n in c["changed"]:
                assert text(rows[key].get(n)) == text(c["before"][n])
            rows[key].update(c["after"])
    assert len(rows) == len(order)
    return [{n: v for n, v in rows[k].items() if v is not None} for k in order]
END
cat >random.py <<'END'
import json, random, subprocess, sys
from apply import apply, text
names = ["id", "a", "b,", 'c"', "", "d\n", "é", "\\."]
def value(rnd):
    return rnd.choice([None, "", 5, "5", 1.5, True, "true", "x,y", 'q"',
        "l\nm", "é😀", "\\n", [1, "a"], {"k": None}, "\\.", "r\r",
        "x" * rnd.randrange(99), rnd.randrange(9), str(rnd.randrange(9))])
def put(path, records, ascii=False):
    with open(path, "w", newline="") as f:
        for r in records:
            f.write(json.dumps(r, ensure_ascii=ascii,
                separators=(",", ":")) + "\n")
def table(rnd, path, old, cols):
    out = []
    ids = rnd.sample(range(40), rnd.randrange(1, 40))
    for i in rnd.choice([ids, sorted(ids)]):
        r = dict(old.get(i, {}))
        r["id"] = i if rnd.random() < .1 else str(i)
        for n in cols:
            if n not in r or rnd.random() < .2:
                r[n] = value(rnd)
        items = [(n, v) for n, v in r.items()
            if n == "id" or n in cols and rnd.random() < .95]
        if rnd.random() < .2:
            rnd.shuffle(items)
        out.append(dict(items))
    put(path, out, rnd.random() < .5)
    return {int(r["id"]): r for r in out}
def run(*args, stdin=None, ok=(0,)):
    p = subprocess.run(args, stdin=stdin and open(stdin), text=True,
        stdout=subprocess.PIPE)
    assert p.returncode in ok, (args, p.returncode)
    return p.stdout
def diff(*args):
    return run("hs-diff", "-q", "--columns", *args, ok=(0, 1))
def counts(s):
    return [int(line.split("\t")[1]) for line in s.splitlines()]
def one(seed):
    rnd = random.Random(seed)
    cols = names[1:]
    pick = (lambda: cols) if rnd.random() < .5 else (lambda: rnd.sample(cols, 5))
    a = table(rnd, "a", {}, pick())
    b = table(rnd, "b", a, pick())
    for x in "ab":
        run("rm", "-f", x + ".csv")
        run("hs-load-csv", x + ".csv", stdin=x)
    open("b.schema", "w").write(run("hs-schema", stdin="b"))
    want = open("b.csv", "rb").read()
    for old, new in ("a", "b"), ("a.csv", "b"), ("a", "b.csv"), ("a.csv", "b.csv"):
        put("made", apply("a", diff("-r", old, new), [str(i) for i in b]))
        run("hs-load-csv", "-q", "-s", "b.schema", "made.csv", stdin="made")
        assert open("made.csv", "rb").read() == want, (old, new)
    added, changed, same, gone = counts(run("hs-load-csv", "-n", "a.csv", stdin="b"))
    assert counts(diff("-f", "counts", "a.csv", "b")) == [added, changed, gone, same]
    assert diff("-f", "ids", "a.csv", "b") == diff("-f", "ids", "a.csv", "b.csv")
    assert diff("-r", "b.csv", "b") == ""
for seed in range(int(sys.argv[1])):
    try:
        one(seed)
    except AssertionError:
        print("seed", seed)
        raise
END
mv random.py property.py
ok "changes of random tables, applied, make the other table" \
	python3 property.py "${DIFF_SEEDS:-25}"
t_done
