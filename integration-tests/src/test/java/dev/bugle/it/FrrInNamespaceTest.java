package dev.bugle.it;

class FrrInNamespaceTest extends PeerContract {
  FrrInNamespaceTest() {
    super(RouterKind.FRR, LabKind.NAMESPACE);
  }
}
