import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import { apis } from "./api";

/** Whether a call has no side effects, as its proto says or, where that is silent, we do. */
export const onlyReads = ({ idempotency, parent, name }: DescMethod): boolean =>
  idempotency === Idempotency.NO_SIDE_EFFECTS ||
  Object.values(apis).some(({ undeclaredReads }) => undeclaredReads.has(`${parent.typeName}.${name}`));
