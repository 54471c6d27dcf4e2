import { z } from "zod";

/** The Standard Response Object of contract §8. */
export const responseObjectSchema = z
  .object({
    Code: z.string().describe("Stable and machine-readable."),
    Message: z.string(),
    RequestId: z.string(),
    Errors: z.array(z.object({ Path: z.string(), Message: z.string() })).optional(),
  })
  .meta({ id: "ResponseObject" });
