package org.sipmgw.internal.sip;

/**
 * Put on a request that could not be parsed in full, so that it is answered with 400 (505) and nothing else.
 *
 * @param status 400 or 505
 * @param reason what is wrong, for the reason phrase
 * @param framingLost whether the end of the message is unknown, so that a TCP connection must be closed
 */
record Malformed(int status, String reason, boolean framingLost) {}
