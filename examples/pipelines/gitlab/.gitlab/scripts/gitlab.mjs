// What the scripts share: GitLab's API on this project, with the token GITLAB_API_TOKEN. Imported, not run.
const { CI_API_V4_URL, CI_PROJECT_ID, GITLAB_API_TOKEN = "" } = process.env;

/** Makes a call about this project, and returns the answer. */
export async function call(method, path, body) {
  const answer = await ask(method, `projects/${CI_PROJECT_ID}/${path}`, body);
  return answer.json();
}

/** Returns all that a list of this project has. */
export async function all(path) {
  const found = [];
  for (let page = "1"; page; ) {
    const answer = await ask("GET", `projects/${CI_PROJECT_ID}/${path}&per_page=100&page=${page}`);
    found.push(...(await answer.json()));
    page = answer.headers.get("x-next-page");
  }
  return found;
}

/** Returns of a list what the token's user has written and marked, which somebody else may quote. */
export async function own(path, mark) {
  const me = await (await ask("GET", "user")).json();
  const written = await all(path);
  return written.find(
    ({ author, body, description }) => author.id === me.id && (body ?? description)?.startsWith(mark),
  );
}

async function ask(method, path, body) {
  const answer = await fetch(`${CI_API_V4_URL}/${path}`, {
    method,
    headers: { "private-token": GITLAB_API_TOKEN, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (answer.ok) return answer;
  throw new Error(
    `GitLab refuses ${method} ${path} (${answer.status}): is GITLAB_API_TOKEN valid, with the scope api?`,
  );
}
