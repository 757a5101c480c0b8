package dev.bugle.it;

class ProgramInContainerTest extends ProgramContract {
  ProgramInContainerTest() {
    super(LabKind.CONTAINER);
  }
}
