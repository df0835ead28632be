package org.sipmgw.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.sipmgw.architecture.HouseRules;
import org.sipmgw.architecture.Walls;

@AnalyzeClasses(
        packages = {"org.sipmgw.examples", "org.sipmgw.testsupport"},
        importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule examplesUseOnlyWhatEmbeddersSee = Walls.never("org.sipmgw.internal..");

    @ArchTest
    static final ArchRule testSupportKnowsNoExample = noClasses()
            .that()
            .resideInAPackage("org.sipmgw.testsupport..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.sipmgw.examples..")
            .because("it is published on its own")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule librariesOfTheModulesStayBehindThem = Walls.never(
            "org.ice4j..",
            "org.jitsi..",
            "org.bouncycastle..",
            "org.freedesktop..",
            "com.sun.jna..",
            "javax.sip..",
            "gov.nist..");

    @ArchTest
    static final ArchRule onlyTestSupportDrivesBrowsersItself =
            Walls.onlyIn("org.sipmgw.testsupport..", "org.openqa.selenium..");
}
