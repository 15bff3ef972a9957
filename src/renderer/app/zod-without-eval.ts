// Must run before any schema is built: zod otherwise probes `new Function`, which the content security policy reports.
import { z } from 'zod';

z.config({ jitless: true });
