import type { MethodDefinition } from "@grpc/grpc-js";
import { ResourceProviderService as stubs } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
  DiffResponse_DiffChanges as DiffChanges,
  PropertyDiff_Kind as Kind,
  CheckRequest_AutonamingOptions_Mode as Mode,
} from "../../proto/gen/pulumi/provider_pb";
import { resourceProvider } from "../../provider/plugin/messages";

const values = { text: "ä", number: 1.5, flag: true, nothing: null, list: [1, { deep: "a" }, []], empty: {} };
const other = { other: "b" };
const struct = (value: object): Struct => Struct.fromJavaScript(value as never);

const requests: [keyof typeof stubs, { serializeBinary(): Uint8Array }, object][] = [
  [
    "check",
    new rpc.CheckRequest()
      .setUrn("urn")
      .setOlds(struct(values))
      .setNews(struct(other))
      .setAutonaming(
        new rpc.CheckRequest.AutonamingOptions()
          .setProposedName("name")
          .setMode(rpc.CheckRequest.AutonamingOptions.Mode.DISABLE),
      ),
    { urn: "urn", olds: values, news: other, autonaming: { proposedName: "name", mode: Mode.DISABLE } },
  ],
  [
    "diff",
    new rpc.DiffRequest()
      .setId("id")
      .setUrn("urn")
      .setOlds(struct(values))
      .setNews(struct(other))
      .setIgnorechangesList(["a.b"])
      .setOldInputs(struct({})),
    { id: "id", urn: "urn", olds: values, news: other, ignoreChanges: ["a.b"], oldInputs: {} },
  ],
  [
    "create",
    new rpc.CreateRequest().setUrn("urn").setProperties(struct(values)).setTimeout(1.5).setPreview(true),
    { urn: "urn", properties: values, timeout: 1.5, preview: true },
  ],
  [
    "read",
    new rpc.ReadRequest()
      .setId("id")
      .setUrn("urn")
      .setProperties(struct(values))
      .setInputs(struct(other))
      .setTimeout(1.5),
    { id: "id", urn: "urn", properties: values, inputs: other, timeout: 1.5 },
  ],
  [
    "update",
    new rpc.UpdateRequest()
      .setId("id")
      .setUrn("urn")
      .setOlds(struct(values))
      .setNews(struct(other))
      .setTimeout(1.5)
      .setPreview(true)
      .setOldInputs(struct({})),
    { id: "id", urn: "urn", olds: values, news: other, timeout: 1.5, preview: true, oldInputs: {} },
  ],
  [
    "delete",
    new rpc.DeleteRequest()
      .setId("id")
      .setUrn("urn")
      .setProperties(struct(values))
      .setTimeout(1.5)
      .setOldInputs(struct(other)),
    { id: "id", urn: "urn", properties: values, timeout: 1.5, oldInputs: other },
  ],
];

test.each(requests)("a request of %s is read as Pulumi's stubs write it", (name, sent, expected) => {
  const { requestDeserialize } = resourceProvider[name] as MethodDefinition<object, object>;

  expect(requestDeserialize(Buffer.from(sent.serializeBinary()))).toMatchObject(expected);
});

const responses: [keyof typeof stubs, object, object][] = [
  [
    "check",
    { inputs: values, failures: [{ property: "a", reason: "b" }] },
    new rpc.CheckResponse()
      .setInputs(struct(values))
      .setFailuresList([new rpc.CheckFailure().setProperty("a").setReason("b")])
      .toObject(),
  ],
  [
    "diff",
    {
      changes: DiffChanges.DIFF_SOME,
      diffs: ["a"],
      replaces: ["b"],
      deleteBeforeReplace: true,
      hasDetailedDiff: true,
      detailedDiff: { a: { kind: Kind.UPDATE_REPLACE, inputDiff: true } },
    },
    withDetails(
      new rpc.DiffResponse()
        .setChanges(rpc.DiffResponse.DiffChanges.DIFF_SOME)
        .setDiffsList(["a"])
        .setReplacesList(["b"])
        .setDeletebeforereplace(true)
        .setHasdetaileddiff(true),
    ).toObject(),
  ],
  [
    "create",
    { id: "id", properties: values, refreshBeforeUpdate: true },
    new rpc.CreateResponse().setId("id").setProperties(struct(values)).setRefreshBeforeUpdate(true).toObject(),
  ],
  [
    "read",
    { id: "id", properties: values, inputs: other, refreshBeforeUpdate: true },
    new rpc.ReadResponse()
      .setId("id")
      .setProperties(struct(values))
      .setInputs(struct(other))
      .setRefreshBeforeUpdate(true)
      .toObject(),
  ],
  [
    "update",
    { properties: values, refreshBeforeUpdate: true },
    new rpc.UpdateResponse().setProperties(struct(values)).setRefreshBeforeUpdate(true).toObject(),
  ],
  ["delete", {}, {}],
];

test.each(responses)("an answer to %s is read by Pulumi's stubs as it was meant", (name, answer, expected) => {
  const { responseSerialize } = resourceProvider[name] as MethodDefinition<object, object>;
  const { responseDeserialize } = stubs[name] as unknown as MethodDefinition<object, { toObject(): object }>;

  expect(responseDeserialize(responseSerialize(answer)).toObject()).toEqual(expected);
});

function withDetails(response: rpc.DiffResponse): rpc.DiffResponse {
  const { UPDATE_REPLACE } = rpc.PropertyDiff.Kind;
  response.getDetaileddiffMap().set("a", new rpc.PropertyDiff().setKind(UPDATE_REPLACE).setInputdiff(true));
  return response;
}
