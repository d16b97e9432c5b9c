import { becoming, differencesOf, everyKind, everySubject, linksOf, replacedKind, updatedKind } from "./every";
import { takes } from "./program";

const named = (chosen: (subject: (typeof everySubject)[string]) => boolean): string[] =>
  Object.entries(everySubject).flatMap(([name, subject]) => (chosen(subject) ? [name] : []));

const becomes = (operation: string, operations: Record<string, string>): string[] =>
  Object.keys(operations)
    .filter((name) => operations[name] === operation)
    .sort();

test("the program of every kind changes each that has an update, and replaces each that can be another", () => {
  const updated = becoming(everyKind, updatedKind);
  const replaced = becoming(updatedKind, replacedKind);

  expect(becomes("update", updated)).toEqual(named(({ definition }) => definition.update !== undefined).sort());
  expect(becomes("replace", updated)).toEqual([]);
  expect(becomes("replace", replaced)).toEqual(
    named((subject) => subject.updated !== undefined || subject.replaced !== undefined).sort(),
  );
  expect(becomes("update", replaced)).toEqual([]);
  expect(Object.keys(differencesOf(everyKind, updatedKind)).sort()).toEqual(becomes("update", updated));
});

test("each resource of the program comes behind those whose ids it takes, and nothing is there that none takes", () => {
  const links = linksOf(everyKind);

  expect(links.flatMap((link, i) => links.slice(i).filter(({ name }) => takes(link, name)))).toEqual([]);
  expect(
    links
      .filter(({ name }) => !(name in everyKind) && !links.some((link) => takes(link, name)))
      .map(({ name }) => name),
  ).toEqual([]);
});

test.each([
  ["every kind", everyKind],
  ["every change", updatedKind],
  ["every replacement", replacedKind],
])("no two resources of a kind have one name in the program of %s", (_, every) => {
  const names = linksOf(every).flatMap(({ kind, inputs: { name } }) => (name === undefined ? [] : [`${kind} ${name}`]));

  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
});
