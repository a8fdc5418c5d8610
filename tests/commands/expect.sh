# For tests of the command: run it, look at its exit status, at what it says (stdout) and tells (stderr).
#   sh TEST.sh BYLAW WORK      BYLAW is the command, WORK a folder that is made anew
set -u
BYLAW=$1
WORK=$2
TESTS=$(cd "$(dirname "$0")" && pwd)
rm -rf "$WORK" && mkdir -p "$WORK" && cd "$WORK" || exit 1
WORK=$PWD
export NO_COLOR=1 LC_ALL=C.UTF-8
failures=0

bylaw() { "$BYLAW" "$@"; }
fail() {
  printf 'FAIL %s\n' "$1"
  failures=$((failures + 1))
}
# expect STATUS WHAT COMMAND..
expect() {
  wanted=$1
  what=$2
  shift 2
  status=0
  "$@" > "$WORK/.out" 2> "$WORK/.err" || status=$?
  [ "$status" = "$wanted" ] || fail "$what: exit status $status, not $wanted
$(cat "$WORK/.out" "$WORK/.err")"
}
says() { grep -qF -e "$1" "$WORK/.out" || fail "$what: stdout lacks: $1
$(cat "$WORK/.out")"; }
says_exactly() { [ "$(cat "$WORK/.out")" = "$1" ] || fail "$what: stdout is not: $1
$(cat "$WORK/.out")"; }
tells() { grep -qF -e "$1" "$WORK/.err" || fail "$what: stderr lacks: $1
$(cat "$WORK/.err")"; }
# same WHAT FILE TEXT
same() { [ "$(cat "$2")" = "$3" ] || fail "$1: $2 is
$(cat "$2")"; }
passed() {
  [ "$failures" = 0 ] || exit 1
  echo "all as expected"
}
