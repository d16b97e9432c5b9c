import { Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { type Screen, showProgress } from "../../command/adopt/progress";

/** A screen that keeps what is written to it. */
function screen(isTTY: boolean) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      written.push(String(chunk));
      done();
    },
  });
  const made: Screen = Object.assign(stream, { isTTY, rows: 24, columns: 100 });
  return { made, said: () => stripVTControlCharacters(written.join("")) };
}

const project = { kind: "Project", total: 2, objects: 3 };

test("where nobody watches, each kind has a line when it is done", () => {
  const { made, said } = screen(false);
  const { tell, end } = showProgress(made);
  tell({ ...project, done: 0 });
  tell({ kind: "Group", total: 0, done: 0, objects: 0 });
  tell({ ...project, done: 2 });
  end();

  expect(said()).toBe("Group: 0 objects, 0 lists read\nProject: 3 objects, 2 lists read\n");
});

test("on a terminal a kind has a bar until it is done, and a line then", () => {
  const { made, said } = screen(true);
  const { tell, end } = showProgress(made);
  tell({ ...project, done: 0 });
  tell({ ...project, done: 1 });
  tell({ kind: "Group", total: 1, done: 0, objects: 0 });
  tell({ kind: "Group", total: 1, done: 1, objects: 4 });
  const during = said();
  tell({ ...project, done: 2 });
  end();

  expect(during).toMatch(/Project +[█░=-]+ 1 of 2 lists, 3 objects/);
  expect(said().slice(during.length)).toContain("Project: 3 objects, 2 lists read\n");
});

test("a terminal has no more bars than lines", () => {
  const { made, said } = screen(true);
  const { tell, end } = showProgress(Object.assign(made, { rows: 4 }));
  for (const kind of ["Group", "Project", "Runner", "Team"]) tell({ kind, total: 2, done: 0, objects: 0 });
  tell({ kind: "Group", total: 2, done: 2, objects: 0 });
  end();

  expect(said()).toContain("Project");
  expect(said()).not.toMatch(/Runner|Team/);
});
