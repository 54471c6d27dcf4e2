import { notFound } from "@/lib/errors";
import { endpoint, type Handler } from "@/lib/http/endpoint";

const absent: Handler = () => {
  throw notFound("path");
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: absent,
  POST: absent,
  PUT: absent,
  PATCH: absent,
  DELETE: absent,
});
