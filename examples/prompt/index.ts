import * as gitpod from "pulumi-gitpod";

const review = new gitpod.Prompt("review", {
  name: "Review",
  description: "Reviews the changes of a branch",
  prompt: "Review the changes of this branch, and name what could fail.",
  isCommand: true,
  command: "review",
});

export const promptId = review.id;
