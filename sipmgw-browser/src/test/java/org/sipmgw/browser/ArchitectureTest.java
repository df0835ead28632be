package org.sipmgw.browser;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.sipmgw.architecture.HouseRules;
import org.sipmgw.architecture.LibraryFreeSignatures;
import org.sipmgw.architecture.Walls;

@AnalyzeClasses(packages = "org.sipmgw.browser", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule browserSeesOnlyTheCore =
            Walls.never("org.sipmgw.media..", "org.sipmgw.devices..", "org.sipmgw.examples..", "org.sipmgw.internal..");

    @ArchTest
    static final ArchRule embeddersSeeNoLibrary = classes()
            .that(LibraryFreeSignatures.VISIBLE_TO_EMBEDDERS)
            .should(new LibraryFreeSignatures())
            .allowEmptyShould(true);
}
