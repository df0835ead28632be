package org.sipmgw.internal.sip.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.sipmgw.internal.sip.net.ReadSocket;
import org.sipmgw.internal.sip.net.Reading;

/** A TLS socket whose peer cannot end the stack's reading thread; all else is done by the JDK's. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // the JDK's locks for itself
public final class CarefulTlsSocket extends SSLSocket implements ReadSocket {
    private final SSLSocket secured;
    private final Reading reading = new Reading();

    CarefulTlsSocket(SSLSocket secured) {
        this.secured = secured;
    }

    @Override
    public Reading reading() {
        return reading;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return reading.of(secured.getInputStream());
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return secured.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return secured.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        secured.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return secured.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return secured.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        secured.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return secured.getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return secured.getHandshakeSession();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return secured.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        secured.setSSLParameters(parameters);
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        secured.addHandshakeCompletedListener(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        secured.removeHandshakeCompletedListener(listener);
    }

    @Override
    public void startHandshake() throws IOException {
        secured.startHandshake();
    }

    @Override
    public void setUseClientMode(boolean client) {
        secured.setUseClientMode(client);
    }

    @Override
    public boolean getUseClientMode() {
        return secured.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        secured.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return secured.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        secured.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return secured.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean allowed) {
        secured.setEnableSessionCreation(allowed);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return secured.getEnableSessionCreation();
    }

    @Override
    public InetAddress getInetAddress() {
        return secured.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return secured.getLocalAddress();
    }

    @Override
    public int getPort() {
        return secured.getPort();
    }

    @Override
    public int getLocalPort() {
        return secured.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return secured.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return secured.getLocalSocketAddress();
    }

    @Override
    public void setSoTimeout(int timeoutMs) throws SocketException {
        secured.setSoTimeout(timeoutMs);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return secured.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        secured.setTcpNoDelay(on);
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return secured.getTcpNoDelay();
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        secured.setKeepAlive(on);
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        return secured.getKeepAlive();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return secured.getOutputStream();
    }

    @Override
    public boolean isConnected() {
        return secured.isConnected();
    }

    @Override
    public boolean isBound() {
        return secured.isBound();
    }

    @Override
    public boolean isClosed() {
        return secured.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return secured.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return secured.isOutputShutdown();
    }

    @Override
    public void close() throws IOException {
        secured.close();
    }
}
