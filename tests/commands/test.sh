# bylaw test: what it says to wrong usage, what it writes and never writes over.   sh test.sh BYLAW WORK
. "$(dirname "$0")/expect.sh"

printf 'policies: [.]\nscenarios: [.]\n' > bylaw.yaml
printf 'module m\ndecision d { n: Int  default allow }\npolicy p for d { deny gifts when n > 10  because "x" }\n' > m.bylaw
printf 'decision: d\nscenarios:\n  - {name: small, tags: [smoke], when: {n: 3}, expect: allow, by: default}\n  - {name: big, when: {n: 11}, expect: deny, by: [p.gifts]}\n' > m.scenarios.yaml

expect 3 "an empty filter" bylaw test -k ''
tells '-k ``: it says nothing'
expect 4 "a tag that none has" bylaw test -k tag:smok
says '(-k); did you mean `smoke`?'
expect 4 "a word that is none of a filter's" bylaw test -k tags:smoke
says '; did you mean `tag:smoke`?'
expect 4 "a rule that none names" bylaw test -k rule:gifst
says '; did you mean `gifts`?'
expect 4 "a line behind the end" bylaw test m.scenarios.yaml:99
says 'nothing ran: m.scenarios.yaml has no line 99: it ends with line 4'
expect 0 "the last line" bylaw test m.scenarios.yaml:4
says 'PASSED  1 scenario'
expect 3 "a line of no file" bylaw test :3
tells '`:3` names no file'
expect 3 "a report as a format" bylaw test --format junit
tells '--format is text or json, not `junit`'
tells '--report junit=FILE'
expect 3 "an option of another command" bylaw ci -k x
tells '`bylaw ci` has no option `-k`'
tells '`bylaw test` has it'
expect 3 "a word too many" bylaw ci . x
tells 'takes no further word `x`'

expect 0 "scenarios into a new file" bylaw test --generate all -o generated.scenarios.yaml
says_exactly ''
tells 'written to generated.scenarios.yaml'
expect 0 "which load, and pass" bylaw test generated.scenarios.yaml
cp generated.scenarios.yaml before
expect 3 "not over a file that is there" bylaw test --generate all -o generated.scenarios.yaml
tells 'is there already'
cmp -s before generated.scenarios.yaml || fail "the file is as it was"
expect 0 "unless it is to be" bylaw test --generate all -o generated.scenarios.yaml --force
expect 3 "-o alone" bylaw test -o x
tells '-o says where --generate writes'
rm generated.scenarios.yaml before

: > empty.scenarios.yaml
printf 'nonsense: 1\n' > bad.scenarios.yaml
expect 2 "errors are not generated scenarios" bylaw test --generate all
says_exactly ''
tells 'error[S'
rm empty.scenarios.yaml bad.scenarios.yaml

mkfifo pipe.scenarios.yaml
expect 2 "a pipe is not waited for" timeout 20 "$BYLAW" test
says 'it is no plain file'
expect 2 "nor by check" timeout 20 "$BYLAW" check
expect 3 "nor by fmt" timeout 20 "$BYLAW" fmt pipe.scenarios.yaml
tells 'it is no plain file'
rm pipe.scenarios.yaml
mkfifo pipe.bylaw
expect 2 "nor as a module" timeout 20 "$BYLAW" check
tells 'it is no plain file'
rm pipe.bylaw
mv bylaw.yaml kept && mkfifo bylaw.yaml
expect 2 "nor as bylaw.yaml" timeout 20 "$BYLAW" check
tells 'it is no plain file'
rm bylaw.yaml && mv kept bylaw.yaml
printf 'decision: d\nscenarios:\n  - {name: fails, when: {n: 3}, expect: deny}\n' > "a b.scenarios.yaml"
expect 1 "a path with a blank" bylaw test "a b.scenarios.yaml"
says "rerun  bylaw test 'a b.scenarios.yaml:3'"
rm "a b.scenarios.yaml"
passed
