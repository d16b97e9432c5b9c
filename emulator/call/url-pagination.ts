import { reflect } from "@bufbuild/protobuf/reflect";
import type { Interceptor } from "@connectrpc/connect";
import { PaginationRequestSchema } from "../../proto/gen/gitpod/v1/pagination_pb";
import { invalid } from "../refusal";

/** Takes the page from `?pageSize=&token=` of a POST, where earlier releases of the vendor's clients put it. */
export const urlPagination: Interceptor = (next) => (request) => {
  const field = request.method.input.field.pagination;
  if (
    !request.stream &&
    request.requestMethod === "POST" &&
    field?.fieldKind === "message" &&
    field.message.typeName === PaginationRequestSchema.typeName
  ) {
    const query = new URL(request.url).searchParams;
    const token = query.get("token");
    const pageSize = query.get("pageSize");
    const message = reflect(request.method.input, request.message);
    const pagination = message.get(field);
    if (token !== null) {
      pagination.set(PaginationRequestSchema.field.token, token);
    }
    if (pageSize !== null) {
      pagination.set(PaginationRequestSchema.field.pageSize, wholeNumber(pageSize));
    }
    if (token !== null || pageSize !== null) {
      message.set(field, pagination);
    }
  }
  return next(request);
};

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number)) {
    throw invalid(`pageSize: ${text} is not a whole number`);
  }
  return number;
}
