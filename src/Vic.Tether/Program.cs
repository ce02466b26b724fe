Console.Error.WriteLine("Vic.Tether");
return 2;
