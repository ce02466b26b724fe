using Vic.Lab.Tests.Strangers.Tours;

[assembly: AssemblyFixture(typeof(TourCollection))]
