package org.sipmgw.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.sipmgw", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule theSipStackStaysInOnePackage =
            Walls.onlyIn("org.sipmgw.internal.sip..", "javax.sip..", "gov.nist..");

    @ArchTest
    static final ArchRule theStacksOwnSdpIsNotUsed = Walls.never("javax.sdp..", "gov.nist.javax.sdp..");

    @ArchTest
    static final ArchRule coreKnowsNoOtherModule =
            Walls.never("org.sipmgw.media..", "org.sipmgw.devices..", "org.sipmgw.browser..", "org.sipmgw.examples..");

    @ArchTest
    static final ArchRule embeddersSeeNoLibrary = classes()
            .that(LibraryFreeSignatures.VISIBLE_TO_EMBEDDERS)
            .should(new LibraryFreeSignatures())
            .allowEmptyShould(true);
}
