// What is read of a city's credit, over a city that is loaded once for all of it.
import './reading/enterprises.js';
import './reading/audit.js';
import './reading/commitments.js';
