import type { ServiceImpl } from "@connectrpc/connect";
import {
  type EditorService,
  EditorOption_Type as Type,
} from "../../proto/gen/gitpod/experimental/v1/editor_service_pb";

/** Answers which editors open a workspace. */
export function editorService(): Partial<ServiceImpl<typeof EditorService>> {
  return { listEditorOptions: () => ({ result: editors }) };
}

/** The editor that opens a workspace: the one that was asked for, and the first one in place of an unknown one. */
export function chooseEditor(id: string, latest: boolean): { name: string; version: string } {
  const name = editors.some((editor) => editor.id === id) ? id : "code";
  return { name, version: latest ? "latest" : "stable" };
}

const editors = [
  option("code", "VS Code", Type.BROWSER, "1.100.0", "1.101.0"),
  option("code-desktop", "VS Code", Type.DESKTOP, "1.100.0", "1.101.0"),
  option("intellij", "IntelliJ IDEA", Type.DESKTOP, "2026.1", "2026.2"),
];

function option(id: string, title: string, type: Type, stable: string, latest: string) {
  return {
    id,
    title,
    type,
    logo: `https://emulator.localhost/editors/${id}.svg`,
    label: type === Type.BROWSER ? "Browser" : "",
    stable: { version: stable },
    latest: { version: latest },
  };
}
