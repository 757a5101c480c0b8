package dev.bugle.it;

class DriversInContainerTest extends DriversContract {
  DriversInContainerTest() {
    super(LabKind.CONTAINER);
  }
}
