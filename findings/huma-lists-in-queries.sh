#!/usr/bin/env bash
# github.com/danielgtaylor/huma/v2 v2.37.2 asked by npm openapi-fetch 0.17.0, swagger-client 3.37.3 and
# openapi-client-axios 7.9.1: a list of influencers in the query.
#
# The guess: a list is a list. The server's document says how it is written, `explode: false`, the clients are made for
# such documents, and a server that checks its parameters refuses what it cannot read.
# What happens: each client writes it in another way, and each answer is a 200. openapi-fetch, which has the types of
# the document and not the document, repeats the parameter, and huma reads the first one: of lea and tom the orders of
# tom are missing. openapi-client-axios appends [] to the name, which huma passes over, so there is no filter and the
# answer is that for all. swagger-client writes what the document says, with the comma in a name escaped, as one that
# does not separate has to be. huma splits after it has undone the escapes: to it "Fit, Pam" is a Fit and a Pam,
# whatever the client. One handle, which is what tests have, is right with two of the three.
# The way out: the tag `query:"name,explode"`, with which huma and these two agree, commas included; and a look at the
# parameters that nobody reads. Our API has one list in a query, of names of fields, reads it in both forms, and refuses
# parameters that it does not know.
set -euo pipefail
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

type names struct {
	Body []string
}

func main() {
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("Orders", "1"))
	huma.Get(api, "/default", func(_ context.Context, in *struct {
		Name []string `query:"name"`
	}) (*names, error) {
		return &names{in.Name}, nil
	})
	huma.Get(api, "/exploded", func(_ context.Context, in *struct {
		Name []string `query:"name,explode"`
	}) (*names, error) {
		return &names{in.Name}, nil
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr())
	panic(http.Serve(listener, mux))
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/danielgtaylor/huma/v2@v2.37.2 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go build -o server .
./server >address &
server=$!
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts openapi-fetch@0.17.0 swagger-client@3.37.3 \
  openapi-client-axios@7.9.1 axios@1.21.1 >/dev/null 2>&1

cat >main.mjs <<'JS'
import openapiFetch from 'openapi-fetch';
import swaggerClient from 'swagger-client';
import openapiClientAxios from 'openapi-client-axios';

const base = `http://${process.argv[2]}`;
const document = await (await fetch(`${base}/openapi.json`)).json();
const fetching = openapiFetch({ baseUrl: base });
const swagger = await swaggerClient({ spec: { ...structuredClone(document), servers: [{ url: base }] } });
const OpenAPIClientAxios = openapiClientAxios.default ?? openapiClientAxios;
const axios = await new OpenAPIClientAxios({ definition: document, axiosConfigDefaults: { baseURL: base } }).init();
const clients = {
  'openapi-fetch': async (path, name) => {
    const { data, response } = await fetching.GET(path, { params: { query: { name } } });
    return [response.url, data];
  },
  'swagger-client': async (path, name) => {
    const response = await swagger.execute({ pathName: path, method: 'get', parameters: { name } });
    return [response.url, response.body];
  },
  'openapi-client-axios': async (path, name) => {
    const response = await axios[document.paths[path].get.operationId]({ name });
    return [base + response.request.path, response.data];
  },
};
for (const path of ['/default', '/exploded']) {
  console.log(`${path}, explode ${document.paths[path].get.parameters[0].explode}`);
  for (const list of [['tom'], ['Fit, Pam'], ['lea', 'tom'], ['Fit, Pam', 'tom']]) {
    console.log(`  ${JSON.stringify(list)}`);
    for (const [client, ask] of Object.entries(clients)) {
      const [url, read] = await ask(path, list);
      console.log(`    ${client}: ${url.slice(url.indexOf('?'))} read as ${JSON.stringify(read)}`);
    }
  }
}
JS
for _ in $(seq 50); do [ -s address ] && break; sleep 0.1; done
seen=$(node main.mjs "$(cat address)")
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
/default, explode false
  ["tom"]
    openapi-fetch: ?name=tom read as ["tom"]
    swagger-client: ?name=tom read as ["tom"]
    openapi-client-axios: ?name%5B%5D=tom read as null
  ["Fit, Pam"]
    openapi-fetch: ?name=Fit%2C%20Pam read as ["Fit"," Pam"]
    swagger-client: ?name=Fit%2C%20Pam read as ["Fit"," Pam"]
    openapi-client-axios: ?name%5B%5D=Fit,+Pam read as null
  ["lea","tom"]
    openapi-fetch: ?name=lea&name=tom read as ["lea"]
    swagger-client: ?name=lea,tom read as ["lea","tom"]
    openapi-client-axios: ?name%5B%5D=lea&name%5B%5D=tom read as null
  ["Fit, Pam","tom"]
    openapi-fetch: ?name=Fit%2C%20Pam&name=tom read as ["Fit"," Pam"]
    swagger-client: ?name=Fit%2C%20Pam,tom read as ["Fit"," Pam","tom"]
    openapi-client-axios: ?name%5B%5D=Fit,+Pam&name%5B%5D=tom read as null
/exploded, explode true
  ["tom"]
    openapi-fetch: ?name=tom read as ["tom"]
    swagger-client: ?name=tom read as ["tom"]
    openapi-client-axios: ?name%5B%5D=tom read as null
  ["Fit, Pam"]
    openapi-fetch: ?name=Fit%2C%20Pam read as ["Fit, Pam"]
    swagger-client: ?name=Fit%2C%20Pam read as ["Fit, Pam"]
    openapi-client-axios: ?name%5B%5D=Fit,+Pam read as null
  ["lea","tom"]
    openapi-fetch: ?name=lea&name=tom read as ["lea","tom"]
    swagger-client: ?name=lea&name=tom read as ["lea","tom"]
    openapi-client-axios: ?name%5B%5D=lea&name%5B%5D=tom read as null
  ["Fit, Pam","tom"]
    openapi-fetch: ?name=Fit%2C%20Pam&name=tom read as ["Fit, Pam","tom"]
    swagger-client: ?name=Fit%2C%20Pam&name=tom read as ["Fit, Pam","tom"]
    openapi-client-axios: ?name%5B%5D=Fit,+Pam&name%5B%5D=tom read as null
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
