package dev.bugle.it;

class ProgramInNamespaceTest extends ProgramContract {
  ProgramInNamespaceTest() {
    super(LabKind.NAMESPACE);
  }
}
