# What the scripts share: how they call Pulumi, and how a text becomes a comment. Sourced, not run.
set -eu
text=$(mktemp)
trap 'rm -f "$text" "$text.code"' EXIT

# Runs a command of Pulumi on the program in the folder PROGRAM, which is this one when left out.
run() {
  pulumi --cwd "${PROGRAM:-.}" --non-interactive --color never "$@"
}

# Does that, and keeps in $text what it prints.
told() {
  { code=0 && run "$@" 2>&1 || code=$?; echo "$code" >"$text.code"; } | tee "$text"
  return "$(cat "$text.code")"
}

# Removes the lock that a killed job has left. It removes that of any job: only one at a time may work on a stack.
unlock() {
  run cancel --yes --stack "$1" || echo "Nothing was canceled."
}

# Forgets what a killed job was creating, and reads what exists.
forget_pending() {
  run refresh --yes --skip-preview --clear-pending-creates --stack "$1"
}

# Prints a heading and $text as Markdown. No backticks in the text end its block; a comment has room for 65,536 characters.
markdown() {
  fence=$(awk '
    { while (match($0, /`+/)) { if (RLENGTH > most) most = RLENGTH; $0 = substr($0, RSTART + RLENGTH) } }
    END { fence = "```"; while (length(fence) <= most) fence = fence "`"; print fence }' "$text")
  printf '### %s\n\n%sdiff\n' "$1" "$fence"
  head -c 60000 "$text"
  printf '\n%s\n' "$fence"
  [ "$(wc -c <"$text")" -le 60000 ] || printf '\nThe text goes on: the log of the job has all of it.\n'
}
