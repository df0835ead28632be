/** The forwarding path as a whole process beside rtpengine, over the same packets. */
package org.sipmgw.benchmarks.relay;
