// Stands in for GitHub's CLI: `gh api` as far as the recipes call it, against the server in GITHUB_API_URL.
const { spawnSync } = require("node:child_process");
const { readFileSync } = require("node:fs");

const [command, ...args] = process.argv.slice(2);
const request = { method: "GET", body: {} };
while (args.length > 0) {
  const arg = args.shift();
  if (arg === "--method") request.method = args.shift();
  else if (arg === "--jq") request.filter = args.shift();
  else if (arg === "--silent") request.silent = true;
  else if (arg === "--field" || arg === "--raw-field") field(arg, args.shift());
  else if (arg !== "--paginate") request.path = arg;
}
if (command !== "api") throw new Error(`gh ${command} is not known here`);

function field(option, pair) {
  const at = pair.indexOf("=");
  const value = pair.slice(at + 1);
  const isFile = option === "--field" && value.startsWith("@");
  request.body[pair.slice(0, at)] = isFile ? readFileSync(value.slice(1), "utf8") : value;
}

(async () => {
  const answer = await fetch(`${process.env.GITHUB_API_URL}/${request.path}`, {
    method: request.method,
    headers: { authorization: `Bearer ${process.env.GH_TOKEN}` },
    ...(request.method !== "GET" && { body: JSON.stringify(request.body) }),
  });
  const text = await answer.text();
  if (!answer.ok) {
    process.stderr.write(`gh: ${text} (HTTP ${answer.status})\n`);
    process.exit(1);
  }
  if (request.silent) return;
  if (request.filter === undefined) process.stdout.write(text);
  else {
    const { status, error } = spawnSync("jq", ["-r", request.filter], {
      input: text,
      stdio: ["pipe", "inherit", "inherit"],
    });
    if (error) throw new Error("the real gh brings jq; this one needs it on PATH", { cause: error });
    process.exitCode = status;
  }
})();
