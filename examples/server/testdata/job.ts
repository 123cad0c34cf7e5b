// The main job, by a client that openapi-typescript generates from the document and openapi-fetch runs. What the document does
// not have does not compile.
import createClient from "openapi-fetch";
import type { paths } from "./api";

const api = createClient<paths>({ baseUrl: process.argv[2] });

function ok<T>(r: { data?: T; error?: unknown; response: Response }): T {
  if (r.data === undefined) throw new Error(r.response.url + " " + r.response.status + " " + JSON.stringify(r.error));
  return r.data;
}

async function main() {
  const shop = ok(await api.POST("/v1/workspaces", { body: { name: "Shop", currency: "EUR", time_zone: "Europe/Berlin" } }));
  const workspace = shop.id;
  const sale = ok(await api.POST("/v1/workspaces/{workspace}/campaigns", {
    params: { path: { workspace } }, body: { name: "Sale", budget: { amount: "5000", currency: "EUR" } },
  }));
  const pam = ok(await api.POST("/v1/workspaces/{workspace}/influencers", {
    params: { path: { workspace } },
    body: { name: "Pam", profiles: [{ platform: "instagram", handle: "pam", rules: [{ match: "equals", pattern: "PAM10" }] }] },
  }));
  const saved = ok(await api.POST("/v1/workspaces/{workspace}/cooperations", {
    params: { path: { workspace }, header: { "Idempotency-Key": "one" } },
    body: {
      campaign: sale.id, influencer: pam.id, profile: pam.profiles[0].id, period: { start: "2026-06-15" },
      cost: { amount: "1200.50", currency: "EUR" },
    },
  }));
  const id = saved.cooperation.id;
  const signed = ok(await api.PATCH("/v1/workspaces/{workspace}/cooperations/{id}", {
    params: { path: { workspace, id }, header: { "If-Match": `"${saved.cooperation.version}"` } }, body: { status: "signed" },
  }));
  const stale = await api.PATCH("/v1/workspaces/{workspace}/cooperations/{id}", {
    params: { path: { workspace, id }, header: { "If-Match": `"1"` } }, body: { notes: "late" },
  });
  const list = ok(await api.GET("/v1/workspaces/{workspace}/cooperations", {
    params: { path: { workspace }, query: { statuses: ["signed", "draft"] } },
  }));
  const report = ok(await api.GET("/v1/workspaces/{workspace}/report", { params: { path: { workspace } } }));
  if (typeof report === "string") throw new Error(report); // it has other formats too
  console.log(JSON.stringify({
    code: signed.cooperation.rules[0].pattern, status: signed.cooperation.status, stale: stale.response.status,
    listed: list.items.length, signed: report.total.signed, left: report.total.remaining_after_signed,
  }));
}

main().catch((e) => { console.error(e); process.exit(1); });
