import { join } from "node:path";
import ts from "typescript";
import { root } from "../../tools/root";

/** What the compiler and an editor say about a program. */
export interface Compiler {
  /** The errors as `line text: message`, with the whole chain of reasons. */
  errors(program: string): string[];
  /** What is shown at the first place of a text: the type and the comment. */
  hover(program: string, text: string): string;
  /** What is offered behind the first place of a text. */
  completions(program: string, text: string): string[];
}

/** Makes a compiler for programs that stand in this folder and may import `pulumi-gitpod`, which is the sources. */
export function createCompiler(options: ts.CompilerOptions = {}): Compiler {
  const file = join(__dirname, "program.ts");
  const program = { text: "", version: 0 };
  const compilerOptions = { ...settings(), ...options };
  const host: ts.LanguageServiceHost = {
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => compilerOptions,
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(program.version) : "0"),
    getScriptSnapshot: (name) => {
      const text = name === file ? program.text : ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: (name) => (name === file ? program.text : ts.sys.readFile(name)),
  };
  const service = ts.createLanguageService(host, parsed);
  const load = (text: string) => {
    program.text = text;
    program.version += 1;
  };
  return {
    errors(text) {
      load(text);
      return [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)].map((error) => {
        const line = text.slice(0, error.start).split("\n").length - 1;
        return `${text.split("\n")[line]?.trim()}: ${ts.flattenDiagnosticMessageText(error.messageText, "\n")}`;
      });
    },
    hover(text, at) {
      load(text);
      const info = service.getQuickInfoAtPosition(file, text.indexOf(at));
      return [info?.displayParts, info?.documentation].map((parts) => ts.displayPartsToString(parts)).join("\n");
    },
    completions(text, at) {
      load(text);
      const found = service.getCompletionsAtPosition(file, text.indexOf(at) + at.length, {});
      return found?.entries.map(({ name }) => name) ?? [];
    },
  };
}

/** Files are parsed once for all compilers of a test. */
const parsed = ts.createDocumentRegistry();

function settings(): ts.CompilerOptions {
  const path = join(root, "tsconfig.json");
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return {
    ...options,
    noEmit: true,
    noUnusedLocals: false,
    paths: { "pulumi-gitpod": [join(root, "sdk", "index.ts")] },
  };
}
