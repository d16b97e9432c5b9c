#!/usr/bin/env node
import { run } from "../program";

// The name that this command had alone stays until 1.0.
run(["import-terraform", ...process.argv.slice(2)]);
