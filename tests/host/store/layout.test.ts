import { join } from "node:path";
import { convexToJson, getDocumentSize } from "convex/values";
import Database from "libsql";
import { expect, it } from "vitest";
import { Store } from "../../../local/host/store/store";
import { temporaryFolder } from "../harness";

const documents = [
  { _id: "1", _creationTime: 1, text: "\u00e9" },
  { _id: "2", _creationTime: 2, list: [1n, null] },
];
/** No document has this size; what the folder tells was measured when it was opened. */
const size = -1;

it("a folder from before documents had sizes is given them once, and keeps its documents", async () => {
  const data = await temporaryFolder();
  const store = new Store(data);
  store.restore(
    documents.map((document) => ({
      id: document._id,
      table: "notes",
      tableNumber: 1,
      body: JSON.stringify(convexToJson(document)),
      size,
    })),
    2,
  );
  store.close();
  const file = new Database(join(data, "deployment.sqlite"));
  file.exec("ALTER TABLE documents DROP COLUMN size; UPDATE notes SET value = '1' WHERE name = 'format'");
  file.close();
  for (const _ of ["first", "second"]) {
    const reopened = new Store(data);
    const stored = reopened.documentsOf("notes").map((each) => [JSON.parse(each.body) as unknown, each.size]);
    reopened.close();
    expect(stored).toEqual(documents.map((document) => [convexToJson(document), getDocumentSize(document)]));
  }
});
