package org.sipmgw;

import java.util.List;
import java.util.Optional;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.spi.ConferenceJoiner;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.tls.TlsSettings;

/** What a gateway was built of. */
record GatewayParts(
        List<ListeningPoint> points,
        Optional<PublicSipAddress> publicAddress,
        MediaEngine engine,
        List<ConferenceJoiner> joiners,
        RoomResolver rooms,
        GatewayConfig config,
        TlsSettings tls,
        AdmissionRules admission,
        GatewayAccounts accounts,
        SessionTimers sessionTimers,
        AnswerPolicy answering,
        CallListener listener) {}
