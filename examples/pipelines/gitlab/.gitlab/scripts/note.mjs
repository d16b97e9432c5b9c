// Writes a file as the note of that name on the merge request, or renews it: node note.mjs NAME FILE
import { readFileSync } from "node:fs";
import { call, own } from "./gitlab.mjs";

const [name, file] = process.argv.slice(2);
const mark = `<!-- pulumi: ${name} -->`;
const body = `${mark}\n${readFileSync(file, "utf8")}`;
const notes = `merge_requests/${process.env.CI_MERGE_REQUEST_IID}/notes`;

const note = await own(`${notes}?sort=asc`, mark);
if (note) await call("PUT", `${notes}/${note.id}`, { body });
else await call("POST", notes, { body });
