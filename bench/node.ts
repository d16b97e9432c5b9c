import { root } from "../tools/root";
import { run } from "../tools/run";

/** Runs the body of an asynchronous function in a Node.js of its own, and returns what the body returned, as text. */
export async function runScriptText(body: string): Promise<string> {
  const script = `(async () => { ${body} })().then((answer) => console.log(String(answer)))`;
  const { code, stdout, stderr } = await run(process.execPath, ["--eval", script], { cwd: root });
  const answer = stdout.trim().split("\n").at(-1);
  if (code !== 0 || answer === undefined) throw new Error(stderr);
  return answer;
}
