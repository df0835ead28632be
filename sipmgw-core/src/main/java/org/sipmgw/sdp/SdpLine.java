package org.sipmgw.sdp;

/**
 * One line of a kind that the gateway keeps but does not interpret: {@code i= u= e= p= t= r= z= k=}.
 *
 * @param type the letter before "="
 * @param value what follows "="
 */
public record SdpLine(char type, String value) {

    /** The line of an unbounded session, {@code t=0 0}. */
    public static SdpLine permanent() {
        return new SdpLine('t', "0 0");
    }

    /** Hides the value of {@code k=}, which is a key. */
    @Override
    public String toString() {
        return type + "=" + (type == 'k' ? "***" : value);
    }
}
