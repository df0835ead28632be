package org.sipmgw.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** What holds in every module; each module's {@code ArchitectureTest} takes these in beside its own walls. */
public final class HouseRules {

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().assignedFrom(new OnePackage()).should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingStaticIsMutable = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .because("state belongs to a call or to the gateway, never to a class")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule namesAreTheFieldsOwnWords = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theMediaServiceOfLibjitsiStaysOff = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.jitsi.service.libjitsi.LibJitsi")
            .because("its start ends the JVM where libpulse is missing")
            .allowEmptyShould(true);

    private HouseRules() {}

    /** Every package is a slice of its own, the module's root package too. */
    private static final class OnePackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String name = javaClass.getPackageName();
            return name.startsWith("org.sipmgw") ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
