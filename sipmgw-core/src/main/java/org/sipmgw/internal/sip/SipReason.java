package org.sipmgw.internal.sip;

/**
 * A Reason header (RFC 3326) of protocol SIP.
 *
 * @param cause SIP status
 * @param text for people
 */
public record SipReason(int cause, String text) {}
