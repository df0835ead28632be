package org.sipmgw.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.sipmgw.architecture.HouseRules;
import org.sipmgw.architecture.LibraryFreeSignatures;
import org.sipmgw.architecture.Walls;

@AnalyzeClasses(packages = "org.sipmgw.media", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule mediaSeesOnlyTheCore = Walls.never(
            "org.sipmgw.devices..", "org.sipmgw.browser..", "org.sipmgw.examples..", "org.sipmgw.internal..");

    @ArchTest
    static final ArchRule iceStaysInOnePackage = Walls.onlyIn("org.sipmgw.media.ice..", "org.ice4j..");

    @ArchTest
    static final ArchRule srtpStaysInOnePackage = Walls.onlyIn("org.sipmgw.media.srtp..", "org.jitsi.srtp..");

    @ArchTest
    static final ArchRule libjitsiStaysInOnePackage = Walls.onlyIn(
            "org.sipmgw.media.rtp..", "org.jitsi.impl..", "org.jitsi.service..", "net.sf.fmj..", "javax.media..");

    @ArchTest
    static final ArchRule bouncyCastleStaysInOnePackage = Walls.onlyIn("org.sipmgw.media.dtls..", "org.bouncycastle..");

    @ArchTest
    static final ArchRule gstreamerStaysInOnePackage = Walls.onlyIn("org.sipmgw.media.gst..", "org.freedesktop..");

    @ArchTest
    static final ArchRule nativeCallsStayInSignatureClasses =
            Walls.nativesOnly("org.sipmgw.media.gst..", "org.sipmgw.media.x11..");

    @ArchTest
    static final ArchRule embeddersSeeNoLibrary = classes()
            .that(LibraryFreeSignatures.VISIBLE_TO_EMBEDDERS)
            .should(new LibraryFreeSignatures())
            .allowEmptyShould(true);
}
