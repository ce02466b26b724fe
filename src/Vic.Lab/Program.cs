Console.Error.WriteLine("Vic.Lab");
return 2;
