# bylaw help: the page on scenarios says what is true, and each command has its page.   usage: sh help.sh BYLAW WORK
. "$(dirname "$0")/expect.sh"

expect 0 "help" bylaw help
says '`bylaw help scenarios`'
expect 0 "of a command" bylaw help test
says 'Plays scenario files'
expect 3 "of nothing" bylaw help scenario
tells 'there is no help on `scenario`; did you mean `scenarios`?'

expect 0 "scenarios" bylaw help scenarios
page=$(cat "$WORK/.out")
[ "$(printf '%s\n' "$page" | wc -l)" -le 60 ] || fail "it is one page"
[ -z "$(printf '%s\n' "$page" | awk 'length > 132')" ] || fail "its lines fit"
expect 0 "a project" bylaw init shop
printf '%s\n' "$page" | sed -n '/^decision:/,/^$/p' > shop/scenarios/deploy.scenarios.yaml
expect 0 "its example passes" bylaw test shop
says 'PASSED  7 scenarios'

# Every key that files, groups, scenarios and properties can have stands on the page.
expect 0 "the schema" bylaw build shop --emit schema -o schemas -q
printf '%s\n' "$page" > page
python3 - <<'PY' || fail "all keys are on the page"
import json, re, sys
schema = json.load(open("schemas/deploy.schema.json"))
words = set(re.findall(r"[a-z_]+", open("page").read()))
keys = set(schema["properties"])
for name in ("group", "scenario", "property"):
    keys |= set(schema["$defs"][name]["properties"])
missing = sorted(keys - words)
if missing:
    sys.exit("not on the page: " + " ".join(missing))
PY
passed
