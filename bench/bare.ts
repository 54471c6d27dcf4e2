import { createServer } from "node:http";

/** The floor: what `node:http` itself costs, with a constant answer. */
const body = JSON.stringify({ Active: true });
const server = createServer((_request, response) => {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length });
  response.end(body);
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening"));
