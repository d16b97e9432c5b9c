import { styleText } from "node:util";

/** Gives a text of standard output a color, or another look, where that is a terminal. */
export const paint = (look: "bold" | "green" | "red", text: string): string =>
  process.stdout.isTTY ? styleText(look, text) : text;
