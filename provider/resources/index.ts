export { automationsFile } from "./automations-file";
export { environment } from "./environment";
export { group } from "./group";
export { project } from "./project";
export { secret } from "./secret";
export { service } from "./service";
export { task } from "./task";
export { taskExecution } from "./task-execution";
