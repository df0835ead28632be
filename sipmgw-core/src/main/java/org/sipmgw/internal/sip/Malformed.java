package org.sipmgw.internal.sip;

/**
 * Put on a request that could not be parsed in full, so that it is answered with 400 and nothing else.
 *
 * @param reason what is wrong, for the reason phrase
 * @param framingLost whether the end of the message is unknown, so that a TCP connection must be closed
 */
record Malformed(String reason, boolean framingLost) {}
