// What is asked of a hub that runs, by one hub: its start costs more than all the questions. The order is that of the
// imports: the last part takes departments away and ends the hub.
import './contract.js';
import './contract-offices.js';
import './journeys.js';
import './outage.js';
