/** How other processes reach the host that runs on a data folder. */
import { z } from "zod";

/** A file in the data folder, readable by its owner only, that exists while a host runs on the folder. */
export const RUNNING_FILE = "running.json";

/** The file's content. */
export const runningHost = z.object({ url: z.string(), adminKey: z.string() });
