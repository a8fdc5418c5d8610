# Files that the command writes: never over what the project is made of, and the last line agrees with the status.
#   sh outputs.sh BYLAW WORK
. "$(dirname "$0")/expect.sh"

mkdir -p project/policies project/scenarios project/lists project/entities
cd project
cat > bylaw.yaml <<'EOF'
policies: [policies]
scenarios: [scenarios]
entities: [entities/people.yaml]
EOF
cat > policies/m.bylaw <<'EOF'
module m
import std.identity.{User}
allowlist friends: User from "../lists/friends.csv"
decision d { principal: User  n: Int  default allow }
policy p for d {
  deny large when n > 10 unless principal in friends  because "x"
  deny huge when n > 100  because "y"
}
EOF
printf 'entry\nUser::ana\n' > lists/friends.csv
printf 'User::ana: {}\n' > entities/people.yaml
cat > scenarios/m.scenarios.yaml <<'EOF'
decision: d
given: {principal: User::ana}
scenarios:
  - {name: small, when: {n: 3}, expect: allow, by: default}
  - {name: big, when: {n: 11}, expect: allow, by: default}
EOF
printf 'User::bo: {}\n' > more.yaml
expect 0 "it has its look" bylaw fmt -q
cp -r . ../before
mkdir ../links
ln -s "$PWD/policies/m.bylaw" ../links/policy.xml
ln "$PWD/lists/friends.csv" ../links/friends.json
ln -s "$PWD/lists" ../links/folder

unchanged() { diff -r . ../before > "$WORK/.out" || fail "$what: it changed a file"; }
# refused WHAT COMMAND..
refused() {
  what=$1
  shift
  expect 3 "$what" bylaw "$@"
  tells 'error[E0718]'
  unchanged
}
expect 0 "the project passes" bylaw test
rm -rf .bylaw
for file in policies/m.bylaw scenarios/m.scenarios.yaml bylaw.yaml lists/friends.csv entities/people.yaml \
  ./policies/../lists/friends.csv ../links/policy.xml ../links/friends.json ../links/folder/friends.csv; do
  refused "a report over $file" test --report "junit=$file"
  refused "the second of two reports over $file" test --report json=- --report "html=$file"
  refused "a summary over $file" ci --summary "$file"
  refused "a report of ci over $file" ci --report "junit=$file"
  refused "coverage over $file" test "--cover=$file" --cover-format json
  refused "mutants over $file" test "--mutate=$file"
  refused "a bundle over $file" build -o "$file"
done
for file in policies/m.bylaw bylaw.yaml lists/friends.csv x.fixtures.yaml; do
  refused "generated scenarios over $file" test --generate all -o "$file" --force
done
refused "a policy that is not there yet" test --report junit=policies/new.bylaw
refused "scenarios that are not there yet" build -o scenarios/new.scenarios.yaml
refused "a snapshot over what it is made of" build --entities more.yaml -o more.yaml
tells '`more.yaml` is a file that this project reads (`more.yaml`), and nothing is written over it'
expect 3 "the file of policies is named" bylaw test --report junit=../links/policy.xml
tells 'a file of policies'
sed -i 's/default allow/defalt allow/' policies/m.bylaw ../before/policies/m.bylaw
refused "also if the project does not compile" test --report junit=bylaw.yaml
refused "and by ci" ci --summary policies/m.bylaw
sed -i 's/defalt allow/default allow/' policies/m.bylaw ../before/policies/m.bylaw

expect 0 "another file is written over" bylaw test --report junit=../out.xml
expect 0 "and again" bylaw test --report junit=../out.xml
expect 0 "generated scenarios into a new file" bylaw test --generate all -o scenarios/new.scenarios.yaml
expect 0 "and over that one" bylaw test --generate all -o scenarios/new.scenarios.yaml --force
rm scenarios/new.scenarios.yaml

mkdir ../folder
expect 3 "a report that is a folder" bylaw test --report junit=../folder
tells 'cannot be written'
[ "$(tail -n 1 "$WORK/.out" | cut -c1-6)" = FAILED ] || fail "$what: the last line: $(tail -n 1 "$WORK/.out")"
expect 3 "coverage that is a folder" bylaw test --cover=../folder --cover-format html
[ "$(tail -n 1 "$WORK/.out" | cut -c1-6)" = FAILED ] || fail "$what: the last line: $(tail -n 1 "$WORK/.out")"
expect 3 "a summary that is a folder" bylaw ci --summary ../folder
[ "$(tail -n 1 "$WORK/.out" | cut -c1-6)" = FAILED ] || fail "$what: the last line: $(tail -n 1 "$WORK/.out")"

expect 0 "the summary on standard output" bylaw ci --summary -
[ "$(head -n 1 "$WORK/.out" | cut -c1-10)" = '### Bylaw:' ] || fail "$what: stdout is the summary alone"
tells 'PASSED  all'
[ ! -e ./- ] || fail "$what: and no file is named -"
expect 0 "a report of ci on standard output" bylaw ci --report sarif=-
[ "$(head -n 1 "$WORK/.out")" = '{' ] || fail "$what: stdout is the report alone"
tells 'PASSED  all'
expect 3 "both there" bylaw ci --report sarif=- --summary -
expect 3 "a list of cases is no run" bylaw test --list --report sarif=../out.sarif
[ ! -e ../out.sarif ] || fail "$what: and nothing was written"

if [ -e /dev/full ]; then
  for format in text json; do
    status=0
    "$BYLAW" test --format $format > /dev/full 2> "$WORK/.err" || status=$?
    [ "$status" = 3 ] || fail "a full disk, as $format: exit status $status"
    what="a full disk, as $format"
    tells 'could not be written to standard output'
  done
fi
passed
