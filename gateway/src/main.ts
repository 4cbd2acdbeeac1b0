import { readFileSync } from 'node:fs';
import { createLogger, runProcess } from '@zhitong/kit';
import { collectDefaultMetrics } from 'prom-client';
import { gatewayConfig, keepTelemetryAtHome } from './config.js';
import { assertOneFederation } from './supergraph/federation-versions.js';
import { startGateway } from './server.js';

keepTelemetryAtHome();
const logger = createLogger({ name: 'gateway', level: 'info' });

await runProcess({
  name: 'gateway',
  logger,
  start: async () => {
    const config = gatewayConfig();
    logger.level = config.logLevel;
    assertOneFederation();
    const gateway = await startGateway({ config, supergraphSdl: readFileSync(config.supergraphFile, 'utf8'), logger });
    collectDefaultMetrics({ register: gateway.metrics.registry });
    return gateway;
  },
  details: ({ url, port, operationsUrl }) => ({ url, port, operationsUrl }),
});
