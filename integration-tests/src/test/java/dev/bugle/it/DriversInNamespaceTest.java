package dev.bugle.it;

class DriversInNamespaceTest extends DriversContract {
  DriversInNamespaceTest() {
    super(LabKind.NAMESPACE);
  }
}
