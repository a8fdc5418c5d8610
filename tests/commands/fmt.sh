# bylaw fmt: what it writes, what it leaves alone, and how it ends.   usage: sh fmt.sh BYLAW WORK
. "$(dirname "$0")/expect.sh"

mkdir -p project/policies project/scenarios project/vendor project/.hidden
printf 'policies: [policies]\nscenarios: [scenarios]\nexclude: [vendor]\n' > project/bylaw.yaml
printf 'module  a\n' > project/policies/a.bylaw
printf 'module b\n' > project/policies/b.bylaw
printf 'a:   1\n' > project/scenarios/s.scenarios.yaml
printf 'module  v\n' | tee project/vendor/v.bylaw project/.hidden/h.bylaw > /dev/null
chmod 640 project/policies/a.bylaw
cd project

expect 1 "--check names what looks otherwise" bylaw fmt --check
says_exactly 'policies/a.bylaw
scenarios/s.scenarios.yaml'
tells '2 of 3 files are not formatted'
expect 0 "--diff shows it" bylaw fmt --diff policies
says '+module a'
same "neither writes" policies/a.bylaw 'module  a'

expect 0 "all of the project" bylaw fmt
says_exactly ''
tells 'formatted policies/a.bylaw'
same "written" policies/a.bylaw 'module a'
same "written" scenarios/s.scenarios.yaml 'a: 1'
[ "$(stat -c %a policies/a.bylaw)" = 640 ] || fail "the permissions of a.bylaw stay"
same "what is excluded stays" vendor/v.bylaw 'module  v'
same "what is hidden stays" .hidden/h.bylaw 'module  v'
[ "$(ls policies)" = 'a.bylaw
b.bylaw' ] || fail "nothing is left beside the files"
expect 0 "then nothing is left to do" bylaw fmt --check
says_exactly ''

ln -s ../../real.bylaw policies/link.bylaw
printf 'module  c\n' > ../real.bylaw
expect 0 "through a link" bylaw fmt policies/link.bylaw
[ -L policies/link.bylaw ] || fail "a link stays a link"
same "what it leads to is written" ../real.bylaw 'module c'
rm policies/link.bylaw

printf 'module d\nconst x Int = 3\n' > policies/d.bylaw
printf 'module  a\n' > policies/a.bylaw
expect 2 "a file that cannot be read" bylaw fmt
tells 'policies/d.bylaw:2:9: error[E0021]'
tells '1 of 4 files left alone'
same "the others are formatted" policies/a.bylaw 'module a'
rm policies/d.bylaw

printf 'module  e\n' > ../in
expect 0 "standard input" bylaw fmt - < ../in
says_exactly 'module e'
expect 1 "standard input, checked" bylaw fmt --check - < ../in
says_exactly ''
printf 'a:   [x,  y]\n' > ../in
expect 0 "scenarios from standard input" bylaw fmt --name x.scenarios.yaml - < ../in
says_exactly 'a: [x, y]'

expect 3 "a missing file" bylaw fmt missing.bylaw
expect 3 "a file without a look" bylaw fmt bylaw.yaml
expect 3 "a name without a look" bylaw fmt --name x.txt - < ../in
mkdir empty
expect 4 "nothing there" bylaw fmt empty
printf 'decision: d\nscenarios: []\n' > x
expect 2 "scenarios that are taken for a module" sh -c '"$0" fmt - < x' "$BYLAW"
tells '--name x.scenarios.yaml'
expect 0 "and with their name" sh -c '"$0" fmt - --name x.scenarios.yaml < x' "$BYLAW"
printf 'given: {age: 30}\nscenarios:\n  - name: n\n    table:\n      - [age, expect\r]\n      - [30,   allow]\n' > return.scenarios.yaml
cp return.scenarios.yaml before
expect 0 "a carriage return within a line is left alone" bylaw fmt return.scenarios.yaml
cmp -s before return.scenarios.yaml || fail "the file is as it was"
rm return.scenarios.yaml before
passed
